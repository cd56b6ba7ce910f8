;; The same in the older encoding.
;; Processor: required
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
;;   0000  f2 41 0f 58 44 3f 08           addsd xmm0, [r15 + rdi + 8]
;;   0007  f2 0f 59 05 01 00 00 00        mulsd xmm0, [rip + 1]
;;   000f  c3                             ret
;; constants:
;;   0010  00 00 00 00 00 00 e0 3f
