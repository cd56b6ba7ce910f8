;; A load of what was just stored.
(module
  (memory 1)
  (func $f (param i32 i32) (result i32)
    (i32.store offset=8 (local.get 0) (local.get 1))
    (i32.load8_u offset=8 (local.get 0))))

;; Graph
;; b0:
;;   i32.store mem[p0:i32+8], p1:i32
;;   v0 = i32.and p1:i32, 255
;;   return v0
;; Code
;; b0:
;;   0000  41 89 74 3f 08                 mov [r15 + rdi + 8], esi
;;   0005  40 0f b6 c6                    movzx eax, sil
;;   0009  c3                             ret
