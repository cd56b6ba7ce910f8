;; A load as an operand.
(module
  (memory 1)
  (func $f (param i32 i32) (result i32)
    (i32.add (local.get 0) (i32.load offset=16 (local.get 1)))))

;; Graph
;; b0:
;;   v0 = i32.load mem[p1:i32+16]
;;   v1 = i32.add p0:i32, v0
;;   return v1
;; Code
;; b0:
;;   0000  89 f8                          mov eax, edi
;;   0002  41 03 44 37 10                 add eax, [r15 + rsi + 16]
;;   0007  c3                             ret
