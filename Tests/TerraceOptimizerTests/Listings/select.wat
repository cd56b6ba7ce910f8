;; The larger of two numbers.
(module
  (func $f (param i64 i64) (result i64)
    (select (local.get 0) (local.get 1) (i64.gt_s (local.get 0) (local.get 1)))))

;; Graph
;; b0:
;;   v0 = i64.gt_s p0:i64, p1:i64
;;   v1 = select p0:i64, p1:i64, v0
;;   return v1
;; Code
;; b0:
;;   0000  48 39 f7                       cmp rdi, rsi
;;   0003  48 89 f0                       mov rax, rsi
;;   0006  48 0f 4f c7                    cmovg rax, rdi
;;   000a  c3                             ret
