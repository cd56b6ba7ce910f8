;; Remainders by a power of two, and by another constant.
(module
  (func $f (param i32 i32) (result i32)
    (i32.add
      (i32.rem_s (local.get 0) (i32.const 16))
      (i32.rem_u (local.get 1) (i32.const 10)))))

;; Graph
;; b0:
;;   v0 = i32.rem_s p0:i32, 16
;;   v1 = i32.rem_u p1:i32, 10
;;   v2 = i32.add v0, v1
;;   return v2
;; Code
;; b0:
;;   0000  89 f8                          mov eax, edi
;;   0002  c1 f8 1f                       sar eax, 31
;;   0005  c1 e8 1c                       shr eax, 28
;;   0008  01 f8                          add eax, edi
;;   000a  83 e0 f0                       and eax, -16
;;   000d  f7 d8                          neg eax
;;   000f  01 f8                          add eax, edi
;;   0011  41 bb cd cc cc cc              mov r11d, 0xcccccccd
;;   0017  4c 0f af de                    imul r11, rsi
;;   001b  49 c1 eb 23                    shr r11, 35
;;   001f  44 89 da                       mov edx, r11d
;;   0022  6b ca 0a                       imul ecx, edx, 10
;;   0025  29 ce                          sub esi, ecx
;;   0027  01 f0                          add eax, esi
;;   0029  c3                             ret
