;; The first of two stores to one place.
(module
  (memory 1)
  (func $f (param i32 i32)
    (i32.store (local.get 0) (i32.const 1))
    (i32.store (local.get 0) (local.get 1))))

;; Graph
;; b0:
;;   i32.store mem[p0:i32+0], 1
;;   i32.store mem[p0:i32+0], p1:i32
;;   return
;; Code
;; b0:
;;   0000  41 c7 04 3f 01 00 00 00        mov dword ptr [r15 + rdi], 1
;;   0008  41 89 34 3f                    mov [r15 + rdi], esi
;;   000c  c3                             ret
