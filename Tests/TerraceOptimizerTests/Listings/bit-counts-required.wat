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
;; b0:
;;   0000  89 f9                          mov ecx, edi
;;   0002  89 c8                          mov eax, ecx
;;   0004  d1 e8                          shr eax, 1
;;   0006  41 bb 55 55 55 55              mov r11d, 0x55555555
;;   000c  44 21 d8                       and eax, r11d
;;   000f  29 c1                          sub ecx, eax
;;   0011  89 c8                          mov eax, ecx
;;   0013  c1 e8 02                       shr eax, 2
;;   0016  41 bb 33 33 33 33              mov r11d, 0x33333333
;;   001c  44 21 d9                       and ecx, r11d
;;   001f  44 21 d8                       and eax, r11d
;;   0022  01 c1                          add ecx, eax
;;   0024  89 c8                          mov eax, ecx
;;   0026  c1 e8 04                       shr eax, 4
;;   0029  01 c1                          add ecx, eax
;;   002b  41 bb 0f 0f 0f 0f              mov r11d, 0xf0f0f0f
;;   0031  44 21 d9                       and ecx, r11d
;;   0034  41 bb 01 01 01 01              mov r11d, 0x1010101
;;   003a  41 0f af cb                    imul ecx, r11d
;;   003e  c1 e9 18                       shr ecx, 24
;;   0041  0f bd c7                       bsr eax, edi
;;   0044  41 bb 3f 00 00 00              mov r11d, 63
;;   004a  41 0f 44 c3                    cmove eax, r11d
;;   004e  83 f0 1f                       xor eax, 31
;;   0051  0f bc d7                       bsf edx, edi
;;   0054  41 bb 20 00 00 00              mov r11d, 32
;;   005a  41 0f 44 d3                    cmove edx, r11d
;;   005e  01 d0                          add eax, edx
;;   0060  01 c8                          add eax, ecx
;;   0062  c3                             ret
