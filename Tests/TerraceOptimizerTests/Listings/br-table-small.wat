;; A table of three: comparisons.
(module
  (func $f (param i32) (result i32)
    (block $c (block $b (block $a (br_table $a $b $c (local.get 0)))
      (return (i32.const 11)))
    (return (i32.const 22)))
    (i32.const 33)))

;; Graph
;; b0:
;;   table p0:i32 [b1 b2 b3]
;; b1:                                     ; ×0.333, from b0
;;   return 11
;; b2:                                     ; ×0.333, from b0
;;   return 22
;; b3:                                     ; ×0.333, from b0
;;   return 33
;; Code
;; prologue:
;;   0000  55                             push rbp
;;   0001  48 89 e5                       mov rbp, rsp
;;   0004  41 56                          push r14
;; b0:
;;   0006  85 ff                          test edi, edi
;;   0008  0f 84 0b 00 00 00              je +0x19
;;   000e  83 ff 01                       cmp edi, 1
;;   0011  0f 84 09 00 00 00              je +0x20
;;   0017  eb 0e                          jmp +0x27
;; b1:
;;   0019  b8 0b 00 00 00                 mov eax, 11
;;   001e  c9                             leave
;;   001f  c3                             ret
;; b2:
;;   0020  b8 16 00 00 00                 mov eax, 22
;;   0025  c9                             leave
;;   0026  c3                             ret
;; b3:
;;   0027  b8 21 00 00 00                 mov eax, 33
;;   002c  c9                             leave
;;   002d  c3                             ret
