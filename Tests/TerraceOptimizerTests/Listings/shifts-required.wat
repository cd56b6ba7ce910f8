;; The same where the count must be in cl.
;; Processor: required
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
;; prologue:
;;   0000  55                             push rbp
;;   0001  48 89 e5                       mov rbp, rsp
;;   0004  41 56                          push r14
;; b0:
;;   0006  89 f9                          mov ecx, edi
;;   0008  c1 e9 03                       shr ecx, 3
;;   000b  48 89 f0                       mov rax, rsi
;;   000e  48 d3 e0                       shl rax, cl
;;   0011  c9                             leave
;;   0012  c3                             ret
