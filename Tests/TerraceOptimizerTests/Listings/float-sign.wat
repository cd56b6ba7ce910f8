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
;; b0:
;;   0000  c5 f8 54 15 28 00 00 00        vandps xmm2, xmm0, [rip + 40]
;;   0008  0f 28 1d 31 00 00 00           movaps xmm3, [rip + 49]
;;   000f  c5 f0 54 cb                    vandps xmm1, xmm1, xmm3
;;   0013  c5 e0 55 c0                    vandnps xmm0, xmm3, xmm0
;;   0017  c5 f8 56 c1                    vorps xmm0, xmm0, xmm1
;;   001b  85 ff                          test edi, edi
;;   001d  74 03                          je +0x22
;;   001f  0f 28 c2                       movaps xmm0, xmm2
;;   0022  c3                             ret
;; constants:
;;   0023  cc cc cc cc cc cc cc cc
;;   002b  cc cc cc cc cc ff ff ff
;;   0033  ff ff ff ff 7f ff ff ff
;;   003b  ff ff ff ff 7f 00 00 00
;;   0043  00 00 00 00 80 00 00 00
;;   004b  00 00 00 00 80
