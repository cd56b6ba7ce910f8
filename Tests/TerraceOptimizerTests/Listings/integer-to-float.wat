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
;; b0:
;;   0000  c5 f8 57 c0                    vxorps xmm0, xmm0, xmm0
;;   0004  c4 e1 fb 2a c7                 vcvtsi2sd xmm0, xmm0, rdi
;;   0009  c5 f0 57 c9                    vxorps xmm1, xmm1, xmm1
;;   000d  c4 e1 f3 2a ce                 vcvtsi2sd xmm1, xmm1, rsi
;;   0012  48 85 f6                       test rsi, rsi
;;   0015  0f 88 12 00 00 00              js +0x2d
;;   001b  c5 e8 57 d2                    vxorps xmm2, xmm2, xmm2
;;   001f  c4 e1 eb 2a d6                 vcvtsi2sd xmm2, xmm2, rsi
;;   0024  c5 f3 58 ca                    vaddsd xmm1, xmm1, xmm2
;;   0028  c5 fb 58 c1                    vaddsd xmm0, xmm0, xmm1
;;   002c  c3                             ret
;; outOfLine:
;;   002d  49 89 f3                       mov r11, rsi
;;   0030  49 d1 eb                       shr r11, 1
;;   0033  73 04                          jae +0x39
;;   0035  49 83 cb 01                    or r11, 1
;;   0039  c5 e8 57 d2                    vxorps xmm2, xmm2, xmm2
;;   003d  c4 c1 eb 2a d3                 vcvtsi2sd xmm2, xmm2, r11
;;   0042  c5 eb 58 d2                    vaddsd xmm2, xmm2, xmm2
;;   0046  eb dc                          jmp +0x24
