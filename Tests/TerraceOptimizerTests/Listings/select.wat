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
;; prologue:
;;   0000  55                             push rbp
;;   0001  48 89 e5                       mov rbp, rsp
;;   0004  41 56                          push r14
;; b0:
;;   0006  48 39 f7                       cmp rdi, rsi
;;   0009  48 89 f0                       mov rax, rsi
;;   000c  48 0f 4f c7                    cmovg rax, rdi
;;   0010  c9                             leave
;;   0011  c3                             ret
