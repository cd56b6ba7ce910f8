;; Conversions of signed and unsigned numbers.
(module
  (func $f (param i32 i64) (result f64)
    (f64.add (f64.convert_i32_u (local.get 0)) (f64.add (f64.convert_i64_s (local.get 1)) (f64.convert_i64_u (local.get 1))))))

;; Graph
;; b0:
;;   v0 = f64.convert_i32_u p0:i32
;;   v1 = f64.convert_i64_s p1:i64
;;   v2 = f64.convert_i64_u p1:i64
;;   v3 = f64.add v1, v2
;;   v4 = f64.add v0, v3
;;   return v4
;; Code
;; prologue:
;;   0000  55                             push rbp
;;   0001  48 89 e5                       mov rbp, rsp
;;   0004  41 56                          push r14
;; b0:
;;   0006  c5 f8 57 c0                    vxorps xmm0, xmm0, xmm0
;;   000a  c4 e1 fb 2a c7                 vcvtsi2sd xmm0, xmm0, rdi
;;   000f  c5 f0 57 c9                    vxorps xmm1, xmm1, xmm1
;;   0013  c4 e1 f3 2a ce                 vcvtsi2sd xmm1, xmm1, rsi
;;   0018  48 85 f6                       test rsi, rsi
;;   001b  0f 88 13 00 00 00              js +0x34
;;   0021  c5 e8 57 d2                    vxorps xmm2, xmm2, xmm2
;;   0025  c4 e1 eb 2a d6                 vcvtsi2sd xmm2, xmm2, rsi
;;   002a  c5 f3 58 ca                    vaddsd xmm1, xmm1, xmm2
;;   002e  c5 fb 58 c1                    vaddsd xmm0, xmm0, xmm1
;;   0032  c9                             leave
;;   0033  c3                             ret
;; outOfLine:
;;   0034  49 89 f3                       mov r11, rsi
;;   0037  49 d1 eb                       shr r11, 1
;;   003a  73 04                          jae +0x40
;;   003c  49 83 cb 01                    or r11, 1
;;   0040  c5 e8 57 d2                    vxorps xmm2, xmm2, xmm2
;;   0044  c4 c1 eb 2a d3                 vcvtsi2sd xmm2, xmm2, r11
;;   0049  c5 eb 58 d2                    vaddsd xmm2, xmm2, xmm2
;;   004d  eb db                          jmp +0x2a
