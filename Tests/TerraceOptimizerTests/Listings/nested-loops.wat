;; A product of two counts, the long way.
(module
  (func $f (param $n i32) (param $m i32) (result i32) (local $i i32) (local $j i32) (local $s i32)
    (loop $outer
      (local.set $j (local.get $m))
      (loop $inner
        (local.set $s (i32.add (i32.mul (local.get $s) (i32.const 3)) (local.get $i)))
        (br_if $inner (local.tee $j (i32.sub (local.get $j) (i32.const 1)))))
      (br_if $outer (i32.lt_u (local.tee $i (i32.add (local.get $i) (i32.const 1))) (local.get $n))))
    (local.get $s)))

;; Graph
;; b0:
;;   jump b1(0, 0)
;; b1(v0: i32, v1: i32):                   ; loop 0, ×8, from b0 b5
;;   poll
;;   jump b2(v0, p1:i32)
;; b2(v2: i32, v3: i32):                   ; loop 1 in loop 0, ×64, from b1 b3
;;   poll
;;   v4 = i32.mul v2, 3
;;   v5 = i32.add v1, v4
;;   v6 = i32.add v3, -1
;;   branch v6 ? b3 : b4
;; b3:                                     ; in loop 1, ×56.0, from b2
;;   jump b2(v5, v6)
;; b4:                                     ; in loop 0, ×8, from b2
;;   v7 = i32.add v1, 1
;;   v8 = i32.gt_u p0:i32, v7
;;   branch v8 ? b5 : b6
;; b5:                                     ; in loop 0, ×7.0, from b4
;;   jump b1(v5, v7)
;; b6:                                     ; from b4
;;   return v5
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
;;   000d  0f 82 22 00 00 00              jb +0x35
;;   0013  89 f2                          mov edx, esi
;; b2:
;;   0015  49 3b 26                       cmp rsp, [r14]
;;   0018  0f 82 1b 00 00 00              jb +0x39
;;   001e  8d 04 40                       lea eax, [rax + rax*2]
;;   0021  01 c8                          add eax, ecx
;;   0023  83 c6 ff                       add esi, -1
;;   0026  75 ed                          jne +0x15
;; b4:
;;   0028  83 c1 01                       add ecx, 1
;;   002b  39 cf                          cmp edi, ecx
;;   002d  76 04                          jbe +0x33
;; b5:
;;   002f  89 d6                          mov esi, edx
;;   0031  eb d7                          jmp +0xa
;; b6:
;;   0033  c9                             leave
;;   0034  c3                             ret
;; outOfLine:
;;   0035  0f 0b                          ud2
;;   0037  eb da                          jmp +0x13
;;   0039  0f 0b                          ud2
;;   003b  eb e1                          jmp +0x1e
