;; The complement of one operand.
(module
  (func $f (param i64 i64) (result i64)
    (i64.and (i64.xor (local.get 0) (i64.const -1)) (local.get 1))))

;; Graph
;; b0:
;;   v0 = i64.xor p0:i64, -1L
;;   v1 = i64.and p1:i64, v0
;;   return v1
;; Code
;; b0:
;;   0000  c4 e2 c0 f2 c6                 andn rax, rdi, rsi
;;   0005  c3                             ret
