;; Unsigned division by a constant multiplies.
(module
  (func $f (param i32) (result i32)
    (i32.div_u (local.get 0) (i32.const 10))))

;; Graph
;; b0:
;;   v0 = i32.div_u p0:i32, 10
;;   return v0
;; Code
;; b0:
;;   0000  41 bb cd cc cc cc              mov r11d, 0xcccccccd
;;   0006  4c 0f af df                    imul r11, rdi
;;   000a  49 c1 eb 23                    shr r11, 35
;;   000e  44 89 d9                       mov ecx, r11d
;;   0011  89 c8                          mov eax, ecx
;;   0013  c3                             ret
