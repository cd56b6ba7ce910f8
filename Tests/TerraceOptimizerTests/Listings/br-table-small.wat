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
;; b0:
;;   0000  85 ff                          test edi, edi
;;   0002  0f 84 0b 00 00 00              je +0x13
;;   0008  83 ff 01                       cmp edi, 1
;;   000b  0f 84 08 00 00 00              je +0x19
;;   0011  eb 0c                          jmp +0x1f
;; b1:
;;   0013  b8 0b 00 00 00                 mov eax, 11
;;   0018  c3                             ret
;; b2:
;;   0019  b8 16 00 00 00                 mov eax, 22
;;   001e  c3                             ret
;; b3:
;;   001f  b8 21 00 00 00                 mov eax, 33
;;   0024  c3                             ret
