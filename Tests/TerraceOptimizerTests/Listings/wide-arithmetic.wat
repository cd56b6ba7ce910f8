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
;; prologue:
;;   0000  55                             push rbp
;;   0001  48 89 e5                       mov rbp, rsp
;;   0004  41 56                          push r14
;; b0:
;;   0006  48 89 c1                       mov rcx, rax
;;   0009  48 89 f8                       mov rax, rdi
;;   000c  48 f7 e6                       mul rsi
;;   000f  49 89 c0                       mov r8, rax
;;   0012  49 89 d1                       mov r9, rdx
;;   0015  49 01 f8                       add r8, rdi
;;   0018  49 11 f1                       adc r9, rsi
;;   001b  4c 89 09                       mov [rcx], r9
;;   001e  4c 89 c0                       mov rax, r8
;;   0021  c9                             leave
;;   0022  c3                             ret
