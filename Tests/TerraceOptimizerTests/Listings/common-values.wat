;; The same value is computed once.
(module
  (func $f (param i32 i32) (result i32)
    (i32.mul
      (i32.add (local.get 0) (local.get 1))
      (i32.add (local.get 1) (local.get 0)))))

;; Graph
;; b0:
;;   v0 = i32.add p0:i32, p1:i32
;;   v1 = i32.mul v0, v0
;;   return v1
;; Code
;; b0:
;;   0000  8d 04 37                       lea eax, [rdi + rsi]
;;   0003  0f af c0                       imul eax, eax
;;   0006  c3                             ret
