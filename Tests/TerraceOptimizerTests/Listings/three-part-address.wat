;; A shift and two additions are one address.
(module
  (func $f (param i32 i32) (result i32)
    (i32.add (i32.add (local.get 0) (i32.shl (local.get 1) (i32.const 2))) (i32.const 12))))

;; Graph
;; b0:
;;   v0 = i32.shl p1:i32, 2
;;   v1 = i32.add p0:i32, v0
;;   v2 = i32.add v1, 12
;;   return v2
;; Code
;; b0:
;;   0000  8d 44 b7 0c                    lea eax, [rdi + rsi*4 + 12]
;;   0004  c3                             ret
