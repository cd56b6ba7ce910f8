;; 128 bits: a product and a sum.
(module
  (func $f (param i64 i64) (result i64 i64)
    (i64.add128 (i64.mul_wide_u (local.get 0) (local.get 1)) (local.get 0) (local.get 1))))

;; Graph
;; b0:
;;   v0 = i64.mul_wide_u p0:i64, p1:i64
;;   v1 = result 1 of v0: i64
;;   v2 = i64.add128 v0, v1, p0:i64, p1:i64
;;   v3 = result 1 of v2: i64
;;   return v2, v3
;; Code
;; b0:
;;   0000  48 89 c1                       mov rcx, rax
;;   0003  48 89 f8                       mov rax, rdi
;;   0006  48 f7 e6                       mul rsi
;;   0009  49 89 c0                       mov r8, rax
;;   000c  49 89 d1                       mov r9, rdx
;;   000f  49 01 f8                       add r8, rdi
;;   0012  49 11 f1                       adc r9, rsi
;;   0015  4c 89 09                       mov [rcx], r9
;;   0018  4c 89 c0                       mov rax, r8
;;   001b  c3                             ret
