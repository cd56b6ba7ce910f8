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
;; prologue:
;;   0000  55                             push rbp
;;   0001  48 89 e5                       mov rbp, rsp
;;   0004  41 56                          push r14
;; b0:
;;   0006  89 f8                          mov eax, edi
;;   0008  b9 10 00 00 00                 mov ecx, 16
;;   000d  99                             cdq
;;   000e  f7 f9                          idiv ecx
;;   0010  41 bb cd cc cc cc              mov r11d, 0xcccccccd
;;   0016  4c 0f af de                    imul r11, rsi
;;   001a  49 c1 eb 23                    shr r11, 35
;;   001e  44 89 d9                       mov ecx, r11d
;;   0021  6b c1 0a                       imul eax, ecx, 10
;;   0024  29 c6                          sub esi, eax
;;   0026  8d 04 32                       lea eax, [rdx + rsi]
;;   0029  c9                             leave
;;   002a  c3                             ret
