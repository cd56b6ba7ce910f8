;; The same value is computed once.
(module
  (func $f (param i32 i32) (result i32)
    (i32.mul
      (i32.add (local.get 0) (local.get 1))
      (i32.add (local.get 1) (local.get 0)))))

;; Graph
;; b0:
;;   v0 = i32.add p0:i32, p1:i32
;;   v1 = i32.mul v0, v0
;;   return v1
;; Code
;; prologue:
;;   0000  55                             push rbp
;;   0001  48 89 e5                       mov rbp, rsp
;;   0004  41 56                          push r14
;; b0:
;;   0006  8d 04 37                       lea eax, [rdi + rsi]
;;   0009  0f af c0                       imul eax, eax
;;   000c  c9                             leave
;;   000d  c3                             ret
