;; Unsigned division by a constant multiplies.
(module
  (func $f (param i32) (result i32)
    (i32.div_u (local.get 0) (i32.const 10))))

;; Graph
;; b0:
;;   v0 = i32.div_u p0:i32, 10
;;   return v0
;; Code
;; prologue:
;;   0000  55                             push rbp
;;   0001  48 89 e5                       mov rbp, rsp
;;   0004  41 56                          push r14
;; b0:
;;   0006  41 bb cd cc cc cc              mov r11d, 0xcccccccd
;;   000c  4c 0f af df                    imul r11, rdi
;;   0010  49 c1 eb 23                    shr r11, 35
;;   0014  44 89 d9                       mov ecx, r11d
;;   0017  89 c8                          mov eax, ecx
;;   0019  c9                             leave
;;   001a  c3                             ret
