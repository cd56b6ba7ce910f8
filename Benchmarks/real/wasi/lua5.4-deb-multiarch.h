/* Debian's luaconf.h asks for the multiarch library folder; no C modules are loaded here. */
#define DEB_HOST_MULTIARCH "none"
