;; A conversion that traps and one that saturates.
(module
  (func $f (param f64) (result i32)
    (i32.add (i32.trunc_f64_s (local.get 0)) (i32.trunc_sat_f64_u (local.get 0)))))

;; Graph
;; b0:
;;   v0 = i32.trunc_f64_s p0:f64
;;   v1 = i32.trunc_sat_f64_u p0:f64
;;   v2 = i32.add v0, v1
;;   return v2
;; Code
;; b0:
;;   0000  c5 fb 2c c0                    vcvttsd2si eax, xmm0
;;   0004  83 f8 01                       cmp eax, 1
;;   0007  0f 80 14 00 00 00              jo +0x21
;;   000d  c4 e1 fb 2c c8                 vcvttsd2si rcx, xmm0
;;   0012  41 89 cb                       mov r11d, ecx
;;   0015  49 39 cb                       cmp r11, rcx
;;   0018  0f 85 2b 00 00 00              jne +0x49
;;   001e  01 c8                          add eax, ecx
;;   0020  c3                             ret
;; outOfLine:
;;   0021  c5 f9 2e c0                    vucomisd xmm0, xmm0
;;   0025  0f 8a 36 00 00 00              jp +0x61
;;   002b  c5 f9 2e 05 35 00 00 00        vucomisd xmm0, [rip + 53]
;;   0033  0f 86 2a 00 00 00              jbe +0x63
;;   0039  c5 f9 2e 05 2f 00 00 00        vucomisd xmm0, [rip + 47]
;;   0041  0f 83 1c 00 00 00              jae +0x63
;;   0047  eb c4                          jmp +0xd
;;   0049  c4 41 00 57 ff                 vxorps xmm15, xmm15, xmm15
;;   004e  c4 c1 79 2e c7                 vucomisd xmm0, xmm15
;;   0053  b9 00 00 00 00                 mov ecx, 0
;;   0058  76 05                          jbe +0x5f
;;   005a  b9 ff ff ff ff                 mov ecx, 0xffffffff
;;   005f  eb bd                          jmp +0x1e
;;   0061  0f 0b                          ud2
;;   0063  0f 0b                          ud2
;; constants:
;;   0065  cc cc cc 00 00 20 00 00
;;   006d  00 e0 c1 00 00 00 00 00
;;   0075  00 e0 41
