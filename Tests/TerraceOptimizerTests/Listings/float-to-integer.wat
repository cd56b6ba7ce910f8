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
;; prologue:
;;   0000  55                             push rbp
;;   0001  48 89 e5                       mov rbp, rsp
;;   0004  41 56                          push r14
;; b0:
;;   0006  c5 fb 2c c0                    vcvttsd2si eax, xmm0
;;   000a  83 f8 01                       cmp eax, 1
;;   000d  0f 80 15 00 00 00              jo +0x28
;;   0013  c4 e1 fb 2c c8                 vcvttsd2si rcx, xmm0
;;   0018  41 89 cb                       mov r11d, ecx
;;   001b  49 39 cb                       cmp r11, rcx
;;   001e  0f 85 2c 00 00 00              jne +0x50
;;   0024  01 c8                          add eax, ecx
;;   0026  c9                             leave
;;   0027  c3                             ret
;; outOfLine:
;;   0028  c5 f9 2e c0                    vucomisd xmm0, xmm0
;;   002c  0f 8a 36 00 00 00              jp +0x68
;;   0032  c5 f9 2e 05 36 00 00 00        vucomisd xmm0, [rip + 54]
;;   003a  0f 86 2a 00 00 00              jbe +0x6a
;;   0040  c5 f9 2e 05 30 00 00 00        vucomisd xmm0, [rip + 48]
;;   0048  0f 83 1c 00 00 00              jae +0x6a
;;   004e  eb c3                          jmp +0x13
;;   0050  c4 41 00 57 ff                 vxorps xmm15, xmm15, xmm15
;;   0055  c4 c1 79 2e c7                 vucomisd xmm0, xmm15
;;   005a  b9 00 00 00 00                 mov ecx, 0
;;   005f  76 05                          jbe +0x66
;;   0061  b9 ff ff ff ff                 mov ecx, 0xffffffff
;;   0066  eb bc                          jmp +0x24
;;   0068  0f 0b                          ud2
;;   006a  0f 0b                          ud2
;; constants:
;;   006c  cc cc cc cc 00 00 20 00
;;   0074  00 00 e0 c1 00 00 00 00
;;   007c  00 00 e0 41
