;; Several ways out.
(module
  (func $f (param i32) (result i32)
    (if (i32.eqz (local.get 0)) (then (return (i32.const 0))))
    (if (i32.lt_s (local.get 0) (i32.const 0)) (then (return (i32.const -1))))
    (i32.const 1)))

;; Graph
;; b0:
;;   v0 = i32.eqz p0:i32
;;   branch p0:i32 ? b2 : b1
;; b1:                                     ; ×0.5, from b0
;;   return 0
;; b2:                                     ; ×0.5, from b0
;;   v1 = i32.lt_s p0:i32, 0
;;   branch v1 ? b3 : b4
;; b3:                                     ; ×0.25, from b2
;;   return -1
;; b4:                                     ; ×0.25, from b2
;;   return 1
;; Code
;; prologue:
;;   0000  55                             push rbp
;;   0001  48 89 e5                       mov rbp, rsp
;;   0004  41 56                          push r14
;; b0:
;;   0006  85 ff                          test edi, edi
;;   0008  75 04                          jne +0xe
;; b1:
;;   000a  31 c0                          xor eax, eax
;;   000c  c9                             leave
;;   000d  c3                             ret
;; b2:
;;   000e  85 ff                          test edi, edi
;;   0010  7d 07                          jge +0x19
;; b3:
;;   0012  b8 ff ff ff ff                 mov eax, 0xffffffff
;;   0017  c9                             leave
;;   0018  c3                             ret
;; b4:
;;   0019  b8 01 00 00 00                 mov eax, 1
;;   001e  c9                             leave
;;   001f  c3                             ret
