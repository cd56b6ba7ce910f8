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
;; b0:
;;   0000  89 f9                          mov ecx, edi
;;   0002  c1 e9 03                       shr ecx, 3
;;   0005  48 89 f0                       mov rax, rsi
;;   0008  48 d3 e0                       shl rax, cl
;;   000b  c3                             ret
