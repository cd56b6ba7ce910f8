;; Shifts by a number in a register.
(module
  (func $f (param i32 i64) (result i64)
    (i64.shl (local.get 1) (i64.extend_i32_u (i32.shr_u (local.get 0) (i32.const 3))))))

;; Graph
;; b0:
;;   v0 = i32.shr_u p0:i32, 3
;;   v1 = i64.extend_i32_u v0
;;   v2 = i64.shl p1:i64, v1
;;   return v2
;; Code
;; b0:
;;   0000  c1 ef 03                       shr edi, 3
;;   0003  c4 e2 c1 f7 c6                 shlx rax, rsi, rdi
;;   0008  c3                             ret
