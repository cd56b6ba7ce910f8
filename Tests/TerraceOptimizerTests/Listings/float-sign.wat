;; Signs: removed, changed, copied; a selection.
(module
  (func $f (param f64 f64 i32) (result f64)
    (select (f64.abs (f64.neg (local.get 0))) (f64.copysign (local.get 0) (local.get 1)) (local.get 2))))

;; Graph
;; b0:
;;   v0 = f64.abs p0:f64
;;   v1 = f64.copysign p0:f64, p1:f64
;;   v2 = select v0, v1, p2:i32
;;   return v2
;; Code
;; prologue:
;;   0000  55                             push rbp
;;   0001  48 89 e5                       mov rbp, rsp
;;   0004  41 56                          push r14
;; b0:
;;   0006  c5 f8 54 15 22 00 00 00        vandps xmm2, xmm0, [rip + 34]
;;   000e  0f 28 1d 2b 00 00 00           movaps xmm3, [rip + 43]
;;   0015  c5 f0 54 cb                    vandps xmm1, xmm1, xmm3
;;   0019  c5 e0 55 c0                    vandnps xmm0, xmm3, xmm0
;;   001d  c5 f8 56 c1                    vorps xmm0, xmm0, xmm1
;;   0021  85 ff                          test edi, edi
;;   0023  74 03                          je +0x28
;;   0025  0f 28 c2                       movaps xmm0, xmm2
;;   0028  c9                             leave
;;   0029  c3                             ret
;; constants:
;;   002a  cc cc cc cc cc cc ff ff
;;   0032  ff ff ff ff ff 7f ff ff
;;   003a  ff ff ff ff ff 7f 00 00
;;   0042  00 00 00 00 00 80 00 00
;;   004a  00 00 00 00 00 80
