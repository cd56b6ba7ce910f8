;; The minimum and maximum of WebAssembly.
(module
  (func $f (param f64 f64) (result f64)
    (f64.max (f64.min (local.get 0) (local.get 1)) (f64.const 0))))

;; Graph
;; b0:
;;   v0 = f64.min p0:f64, p1:f64
;;   v1 = f64.max v0, 0.0d
;;   return v1
;; Code
;; b0:
;;   0000  c5 f9 2e c1                    vucomisd xmm0, xmm1
;;   0004  0f 84 17 00 00 00              je +0x21
;;   000a  c5 fb 5d c1                    vminsd xmm0, xmm0, xmm1
;;   000e  c5 f0 57 c9                    vxorps xmm1, xmm1, xmm1
;;   0012  c5 f9 2e c1                    vucomisd xmm0, xmm1
;;   0016  0f 84 13 00 00 00              je +0x2f
;;   001c  c5 fb 5f c1                    vmaxsd xmm0, xmm0, xmm1
;;   0020  c3                             ret
;; outOfLine:
;;   0021  7a 06                          jp +0x29
;;   0023  c5 f8 56 c1                    vorps xmm0, xmm0, xmm1
;;   0027  eb e5                          jmp +0xe
;;   0029  c5 fb 58 c1                    vaddsd xmm0, xmm0, xmm1
;;   002d  eb df                          jmp +0xe
;;   002f  7a 06                          jp +0x37
;;   0031  c5 f8 54 c1                    vandps xmm0, xmm0, xmm1
;;   0035  eb e9                          jmp +0x20
;;   0037  c5 fb 58 c1                    vaddsd xmm0, xmm0, xmm1
;;   003b  eb e3                          jmp +0x20
