;; A loop that tests where it begins tests where it ends.
(module
  (func $f (param $n i32) (result i32) (local $i i32) (local $s i32)
    (block $out
      (loop $l
        (br_if $out (i32.ge_u (local.get $i) (local.get $n)))
        (local.set $s (i32.xor (local.get $s) (i32.mul (local.get $i) (local.get $i))))
        (local.set $i (i32.add (local.get $i) (i32.const 1)))
        (br $l)))
    (local.get $s)))

;; Graph
;; b0:
;;   jump b1(0, 0)
;; b1(v0: i32, v1: i32):                   ; loop 0, ×8, from b0 b2
;;   poll
;;   v2 = i32.le_u p0:i32, v1
;;   branch v2 ? b3 : b2
;; b2:                                     ; in loop 0, ×7.0, from b1
;;   v3 = i32.mul v1, v1
;;   v4 = i32.xor v0, v3
;;   v5 = i32.add v1, 1
;;   jump b1(v4, v5)
;; b3:                                     ; from b1
;;   return v0
;; Code
;; prologue:
;;   0000  55                             push rbp
;;   0001  48 89 e5                       mov rbp, rsp
;;   0004  41 56                          push r14
;; b0:
;;   0006  31 c0                          xor eax, eax
;;   0008  31 c9                          xor ecx, ecx
;; b1:
;;   000a  49 3b 26                       cmp rsp, [r14]
;;   000d  0f 82 12 00 00 00              jb +0x25
;;   0013  39 cf                          cmp edi, ecx
;;   0015  76 0c                          jbe +0x23
;; b2:
;;   0017  89 ca                          mov edx, ecx
;;   0019  0f af d1                       imul edx, ecx
;;   001c  31 d0                          xor eax, edx
;;   001e  83 c1 01                       add ecx, 1
;;   0021  eb e7                          jmp +0xa
;; b3:
;;   0023  c9                             leave
;;   0024  c3                             ret
;; outOfLine:
;;   0025  0f 0b                          ud2
;;   0027  eb ea                          jmp +0x13
