;; Signed division by a constant multiplies.
(module
  (func $f (param i32) (result i32)
    (i32.div_s (local.get 0) (i32.const 10))))

;; Graph
;; b0:
;;   v0 = i32.div_s p0:i32, 10
;;   return v0
;; Code
;; prologue:
;;   0000  55                             push rbp
;;   0001  48 89 e5                       mov rbp, rsp
;;   0004  41 56                          push r14
;; b0:
;;   0006  b8 cd cc cc cc                 mov eax, 0xcccccccd
;;   000b  4c 63 df                       movsxd r11, edi
;;   000e  49 0f af c3                    imul rax, r11
;;   0012  48 c1 f8 23                    sar rax, 35
;;   0016  41 c1 fb 1f                    sar r11d, 31
;;   001a  44 29 d8                       sub eax, r11d
;;   001d  89 c1                          mov ecx, eax
;;   001f  89 c8                          mov eax, ecx
;;   0021  c9                             leave
;;   0022  c3                             ret
