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
;; b0:
;;   0000  c5 f9 2e c8                    vucomisd xmm1, xmm0
;;   0004  76 06                          jbe +0xc
;; b1:
;;   0006  b8 01 00 00 00                 mov eax, 1
;;   000b  c3                             ret
;; b2:
;;   000c  c5 f9 2e c1                    vucomisd xmm0, xmm1
;;   0010  7a 02                          jp +0x14
;;   0012  74 06                          je +0x1a
;; b3:
;;   0014  b8 02 00 00 00                 mov eax, 2
;;   0019  c3                             ret
;; b4:
;;   001a  b8 03 00 00 00                 mov eax, 3
;;   001f  c3                             ret
