;; Memory that is changed in place.
(module
  (memory 1)
  (func $f (param i32 i32)
    (i32.store offset=4 (local.get 0) (i32.add (i32.load offset=4 (local.get 0)) (local.get 1)))))

;; Graph
;; b0:
;;   v0 = i32.load mem[p0:i32+4]
;;   v1 = i32.add p1:i32, v0
;;   i32.store mem[p0:i32+4], v1
;;   return
;; Code
;; b0:
;;   0000  41 01 74 3f 04                 add [r15 + rdi + 4], esi
;;   0005  c3                             ret
