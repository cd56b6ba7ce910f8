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
;; prologue:
;;   0000  55                             push rbp
;;   0001  48 89 e5                       mov rbp, rsp
;;   0004  41 56                          push r14
;; b0:
;;   0006  83 ff 07                       cmp edi, 7
;;   0009  0f 83 5e 00 00 00              jae +0x6d
;;   000f  48 8d 05 0a 00 00 00           lea rax, [rip + 10]
;;   0016  4c 63 1c b8                    movsxd r11, dword ptr [rax + rdi*4]
;;   001a  4c 01 d8                       add rax, r11
;;   001d  ff e0                          jmp rax
;;   001f  cc                             int3
;; b0:
;;   0020  1c 00 00 00 23 00 00 00
;;   0028  2a 00 00 00 31 00 00 00
;;   0030  38 00 00 00 3f 00 00 00
;;   0038  46 00 00 00
;; b1:
;;   003c  b8 0b 00 00 00                 mov eax, 11
;;   0041  c9                             leave
;;   0042  c3                             ret
;; b2:
;;   0043  b8 0c 00 00 00                 mov eax, 12
;;   0048  c9                             leave
;;   0049  c3                             ret
;; b3:
;;   004a  b8 0d 00 00 00                 mov eax, 13
;;   004f  c9                             leave
;;   0050  c3                             ret
;; b4:
;;   0051  b8 0e 00 00 00                 mov eax, 14
;;   0056  c9                             leave
;;   0057  c3                             ret
;; b5:
;;   0058  b8 0f 00 00 00                 mov eax, 15
;;   005d  c9                             leave
;;   005e  c3                             ret
;; b6:
;;   005f  b8 10 00 00 00                 mov eax, 16
;;   0064  c9                             leave
;;   0065  c3                             ret
;; b7:
;;   0066  b8 11 00 00 00                 mov eax, 17
;;   006b  c9                             leave
;;   006c  c3                             ret
;; b8:
;;   006d  b8 12 00 00 00                 mov eax, 18
;;   0072  c9                             leave
;;   0073  c3                             ret
