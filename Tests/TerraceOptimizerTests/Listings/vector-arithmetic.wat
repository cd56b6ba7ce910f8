;; Lanes of both kinds, an operand in memory.
(module
  (memory 1)
  (func $f (param i32 v128) (result v128)
    (f32x4.mul
      (f32x4.convert_i32x4_s (i32x4.add (local.get 1) (v128.load (local.get 0))))
      (f32x4.splat (f32.const 0.5)))))

;; Graph
;; b0:
;;   v0 = v128.load mem[p0:i32+0]
;;   v1 = i32x4.add p1:v128, v0
;;   v2 = f32x4.convert_i32x4_s v1
;;   v3 = f32x4.splat 0.5f
;;   v4 = f32x4.mul v2, v3
;;   return v4
;; Code
;; b0:
;;   0000  c4 c1 79 fe 04 3f              vpaddd xmm0, xmm0, [r15 + rdi]
;;   0006  c5 f8 5b c0                    vcvtdq2ps xmm0, xmm0
;;   000a  c4 e2 79 18 0d 05 00 00 00     vbroadcastss xmm1, [rip + 5]
;;   0013  c5 f8 59 c1                    vmulps xmm0, xmm0, xmm1
;;   0017  c3                             ret
;; constants:
;;   0018  00 00 00 3f
