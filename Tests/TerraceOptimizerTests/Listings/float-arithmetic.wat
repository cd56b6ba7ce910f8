;; Arithmetic with an operand in memory and one in the constant pool.
(module
  (memory 1)
  (func $f (param f64 i32) (result f64)
    (f64.mul (f64.add (local.get 0) (f64.load offset=8 (local.get 1))) (f64.const 0.5))))

;; Graph
;; b0:
;;   v0 = f64.load mem[p1:i32+8]
;;   v1 = f64.add p0:f64, v0
;;   v2 = f64.mul v1, 0.5d
;;   return v2
;; Code
;; b0:
;;   0000  c4 c1 7b 58 44 3f 08           vaddsd xmm0, xmm0, [r15 + rdi + 8]
;;   0007  c5 fb 59 05 01 00 00 00        vmulsd xmm0, xmm0, [rip + 1]
;;   000f  c3                             ret
;; constants:
;;   0010  00 00 00 00 00 00 e0 3f
