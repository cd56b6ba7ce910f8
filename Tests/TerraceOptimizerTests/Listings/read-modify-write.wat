;; Memory that is changed in place.
(module
  (memory 1)
  (func $f (param i32 i32)
    (i32.store offset=4 (local.get 0) (i32.add (i32.load offset=4 (local.get 0)) (local.get 1)))))

;; Graph
;; b0:
;;   v0 = i32.load mem[p0:i32+4]
;;   v1 = i32.add p1:i32, v0
;;   i32.store mem[p0:i32+4], v1
;;   return
;; Code
;; prologue:
;;   0000  55                             push rbp
;;   0001  48 89 e5                       mov rbp, rsp
;;   0004  41 56                          push r14
;; b0:
;;   0006  41 01 74 3f 04                 add [r15 + rdi + 4], esi
;;   000b  c9                             leave
;;   000c  c3                             ret
