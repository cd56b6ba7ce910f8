;; A table of eight: a jump.
(module
  (func $f (param i32) (result i32)
    (block $h (block $g (block $f (block $e (block $d (block $c (block $b (block $a
      (br_table $a $b $c $d $e $f $g $h (local.get 0)))
     (return (i32.const 11))) (return (i32.const 12))) (return (i32.const 13))) (return (i32.const 14)))
    (return (i32.const 15))) (return (i32.const 16))) (return (i32.const 17)))
    (i32.const 18)))

;; Graph
;; b0:
;;   table p0:i32 [b1 b2 b3 b4 b5 b6 b7 b8]
;; b1:                                     ; ×0.125, from b0
;;   return 11
;; b2:                                     ; ×0.125, from b0
;;   return 12
;; b3:                                     ; ×0.125, from b0
;;   return 13
;; b4:                                     ; ×0.125, from b0
;;   return 14
;; b5:                                     ; ×0.125, from b0
;;   return 15
;; b6:                                     ; ×0.125, from b0
;;   return 16
;; b7:                                     ; ×0.125, from b0
;;   return 17
;; b8:                                     ; ×0.125, from b0
;;   return 18
;; Code
;; b0:
;;   0000  83 ff 07                       cmp edi, 7
;;   0003  0f 83 59 00 00 00              jae +0x62
;;   0009  48 8d 05 0c 00 00 00           lea rax, [rip + 12]
;;   0010  4c 63 1c b8                    movsxd r11, dword ptr [rax + rdi*4]
;;   0014  4c 01 d8                       add rax, r11
;;   0017  ff e0                          jmp rax
;;   0019  cc                             int3
;;   001a  cc                             int3
;;   001b  cc                             int3
;; b0:
;;   001c  1c 00 00 00 22 00 00 00
;;   0024  28 00 00 00 2e 00 00 00
;;   002c  34 00 00 00 3a 00 00 00
;;   0034  40 00 00 00
;; b1:
;;   0038  b8 0b 00 00 00                 mov eax, 11
;;   003d  c3                             ret
;; b2:
;;   003e  b8 0c 00 00 00                 mov eax, 12
;;   0043  c3                             ret
;; b3:
;;   0044  b8 0d 00 00 00                 mov eax, 13
;;   0049  c3                             ret
;; b4:
;;   004a  b8 0e 00 00 00                 mov eax, 14
;;   004f  c3                             ret
;; b5:
;;   0050  b8 0f 00 00 00                 mov eax, 15
;;   0055  c3                             ret
;; b6:
;;   0056  b8 10 00 00 00                 mov eax, 16
;;   005b  c3                             ret
;; b7:
;;   005c  b8 11 00 00 00                 mov eax, 17
;;   0061  c3                             ret
;; b8:
;;   0062  b8 12 00 00 00                 mov eax, 18
;;   0067  c3                             ret
