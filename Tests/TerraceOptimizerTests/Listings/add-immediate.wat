;; Constants add up and go into the addition.
(module
  (func $f (param i32) (result i32)
    (i32.add (i32.add (local.get 0) (i32.const 5)) (i32.const 7))))

;; Graph
;; b0:
;;   v0 = i32.add p0:i32, 5
;;   v1 = i32.add v0, 7
;;   return v1
;; Code
;; b0:
;;   0000  8d 47 0c                       lea eax, [rdi + 12]
;;   0003  c3                             ret
