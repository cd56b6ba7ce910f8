;; The way to a trap lies behind the function.
(module
  (memory 1)
  (func $f (param i32 i32) (result i32)
    (if (i32.gt_u (local.get 0) (i32.const 1000)) (then (i32.store (i32.const 0) (local.get 0)) unreachable))
    (i32.add (local.get 0) (local.get 1))))

;; Graph
;; b0:
;;   v0 = i32.gt_u p0:i32, 1000
;;   branch v0 ? b2 : b1
;; b1:                                     ; ×0.985, from b0
;;   v1 = i32.add p0:i32, p1:i32
;;   return v1
;; b2 cold:                                ; ×0.015, from b0
;;   i32.store mem[0+0], p0:i32
;;   trap unreachable
;; Code
;; prologue:
;;   0000  55                             push rbp
;;   0001  48 89 e5                       mov rbp, rsp
;;   0004  41 56                          push r14
;; b0:
;;   0006  81 ff e8 03 00 00              cmp edi, 1000
;;   000c  77 05                          ja +0x13
;; b1:
;;   000e  8d 04 37                       lea eax, [rdi + rsi]
;;   0011  c9                             leave
;;   0012  c3                             ret
;; b2:
;;   0013  41 89 3f                       mov [r15], edi
;;   0016  0f 0b                          ud2
