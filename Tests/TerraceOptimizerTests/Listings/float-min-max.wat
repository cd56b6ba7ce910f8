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
;; prologue:
;;   0000  55                             push rbp
;;   0001  48 89 e5                       mov rbp, rsp
;;   0004  41 56                          push r14
;; b0:
;;   0006  c5 f9 2e c1                    vucomisd xmm0, xmm1
;;   000a  0f 84 18 00 00 00              je +0x28
;;   0010  c5 fb 5d c1                    vminsd xmm0, xmm0, xmm1
;;   0014  c5 f0 57 c9                    vxorps xmm1, xmm1, xmm1
;;   0018  c5 f9 2e c1                    vucomisd xmm0, xmm1
;;   001c  0f 84 14 00 00 00              je +0x36
;;   0022  c5 fb 5f c1                    vmaxsd xmm0, xmm0, xmm1
;;   0026  c9                             leave
;;   0027  c3                             ret
;; outOfLine:
;;   0028  7a 06                          jp +0x30
;;   002a  c5 f8 56 c1                    vorps xmm0, xmm0, xmm1
;;   002e  eb e4                          jmp +0x14
;;   0030  c5 fb 58 c1                    vaddsd xmm0, xmm0, xmm1
;;   0034  eb de                          jmp +0x14
;;   0036  7a 06                          jp +0x3e
;;   0038  c5 f8 54 c1                    vandps xmm0, xmm0, xmm1
;;   003c  eb e8                          jmp +0x26
;;   003e  c5 fb 58 c1                    vaddsd xmm0, xmm0, xmm1
;;   0042  eb e2                          jmp +0x26
