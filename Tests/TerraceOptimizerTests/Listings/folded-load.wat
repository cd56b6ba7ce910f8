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
;; prologue:
;;   0000  55                             push rbp
;;   0001  48 89 e5                       mov rbp, rsp
;;   0004  41 56                          push r14
;; b0:
;;   0006  89 f8                          mov eax, edi
;;   0008  41 03 44 37 10                 add eax, [r15 + rsi + 16]
;;   000d  c9                             leave
;;   000e  c3                             ret
