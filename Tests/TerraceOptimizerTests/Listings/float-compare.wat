;; Comparisons that branch, also on what is unordered.
(module
  (func $f (param f64 f64) (result i32)
    (if (f64.lt (local.get 0) (local.get 1)) (then (return (i32.const 1))))
    (if (f64.ne (local.get 0) (local.get 1)) (then (return (i32.const 2))))
    (i32.const 3)))

;; Graph
;; b0:
;;   v0 = f64.lt p0:f64, p1:f64
;;   branch v0 ? b1 : b2
;; b1:                                     ; ×0.5, from b0
;;   return 1
;; b2:                                     ; ×0.5, from b0
;;   v1 = f64.ne p0:f64, p1:f64
;;   branch v1 ? b3 : b4
;; b3:                                     ; ×0.25, from b2
;;   return 2
;; b4:                                     ; ×0.25, from b2
;;   return 3
;; Code
;; prologue:
;;   0000  55                             push rbp
;;   0001  48 89 e5                       mov rbp, rsp
;;   0004  41 56                          push r14
;; b0:
;;   0006  c5 f9 2e c8                    vucomisd xmm1, xmm0
;;   000a  76 07                          jbe +0x13
;; b1:
;;   000c  b8 01 00 00 00                 mov eax, 1
;;   0011  c9                             leave
;;   0012  c3                             ret
;; b2:
;;   0013  c5 f9 2e c1                    vucomisd xmm0, xmm1
;;   0017  7a 02                          jp +0x1b
;;   0019  74 07                          je +0x22
;; b3:
;;   001b  b8 02 00 00 00                 mov eax, 2
;;   0020  c9                             leave
;;   0021  c3                             ret
;; b4:
;;   0022  b8 03 00 00 00                 mov eax, 3
;;   0027  c9                             leave
;;   0028  c3                             ret
