;; Signed division by a constant multiplies.
(module
  (func $f (param i32) (result i32)
    (i32.div_s (local.get 0) (i32.const 10))))

;; Graph
;; b0:
;;   v0 = i32.div_s p0:i32, 10
;;   return v0
;; Code
;; b0:
;;   0000  b8 cd cc cc cc                 mov eax, 0xcccccccd
;;   0005  4c 63 df                       movsxd r11, edi
;;   0008  49 0f af c3                    imul rax, r11
;;   000c  48 c1 f8 23                    sar rax, 35
;;   0010  41 c1 fb 1f                    sar r11d, 31
;;   0014  44 29 d8                       sub eax, r11d
;;   0017  89 c1                          mov ecx, eax
;;   0019  89 c8                          mov eax, ecx
;;   001b  c3                             ret
