// Descriptors of the engine's own keep out of the numbers of the standard streams.

#if canImport(Glibc)
    import Glibc
#elseif canImport(Darwin)
    import Darwin
#endif

/// The same file under a descriptor that is no standard stream's: where those were closed, a new file gets their numbers, and
/// a guest's output would go into it. Closes the old descriptor if it is another; -1 (with `errno`) on failure.
public func aboveStandardStreams(_ file: Int32) -> Int32 {
    guard 0...2 ~= file else { return file }
    let duplicateCloseOnExec: Int32 = 1030
    let other = fcntl(file, duplicateCloseOnExec, 3)
    let reason = errno
    close(file)
    errno = reason
    return other
}
