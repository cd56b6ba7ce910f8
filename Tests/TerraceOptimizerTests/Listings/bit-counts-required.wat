;; Counts of bits on any processor.
;; Processor: required
(module
  (func $f (param i32) (result i32)
    (i32.add (i32.popcnt (local.get 0)) (i32.add (i32.clz (local.get 0)) (i32.ctz (local.get 0))))))

;; Graph
;; b0:
;;   v0 = i32.popcnt p0:i32
;;   v1 = i32.clz p0:i32
;;   v2 = i32.ctz p0:i32
;;   v3 = i32.add v1, v2
;;   v4 = i32.add v0, v3
;;   return v4
;; Code
;; prologue:
;;   0000  55                             push rbp
;;   0001  48 89 e5                       mov rbp, rsp
;;   0004  41 56                          push r14
;; b0:
;;   0006  89 f9                          mov ecx, edi
;;   0008  89 c8                          mov eax, ecx
;;   000a  d1 e8                          shr eax, 1
;;   000c  41 bb 55 55 55 55              mov r11d, 0x55555555
;;   0012  44 21 d8                       and eax, r11d
;;   0015  29 c1                          sub ecx, eax
;;   0017  89 c8                          mov eax, ecx
;;   0019  c1 e8 02                       shr eax, 2
;;   001c  41 bb 33 33 33 33              mov r11d, 0x33333333
;;   0022  44 21 d9                       and ecx, r11d
;;   0025  44 21 d8                       and eax, r11d
;;   0028  01 c1                          add ecx, eax
;;   002a  89 c8                          mov eax, ecx
;;   002c  c1 e8 04                       shr eax, 4
;;   002f  01 c1                          add ecx, eax
;;   0031  41 bb 0f 0f 0f 0f              mov r11d, 0xf0f0f0f
;;   0037  44 21 d9                       and ecx, r11d
;;   003a  41 bb 01 01 01 01              mov r11d, 0x1010101
;;   0040  41 0f af cb                    imul ecx, r11d
;;   0044  c1 e9 18                       shr ecx, 24
;;   0047  0f bd c7                       bsr eax, edi
;;   004a  41 bb 3f 00 00 00              mov r11d, 63
;;   0050  41 0f 44 c3                    cmove eax, r11d
;;   0054  83 f0 1f                       xor eax, 31
;;   0057  0f bc d7                       bsf edx, edi
;;   005a  41 bb 20 00 00 00              mov r11d, 32
;;   0060  41 0f 44 d3                    cmove edx, r11d
;;   0064  01 d0                          add eax, edx
;;   0066  01 c8                          add eax, ecx
;;   0068  c9                             leave
;;   0069  c3                             ret
