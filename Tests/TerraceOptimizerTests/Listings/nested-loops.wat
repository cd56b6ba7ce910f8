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
;;   0006  48 83 ec 18                    sub rsp, 24
;;   000a  49 3b 26                       cmp rsp, [r14]
;;   000d  0f 82 51 00 00 00              jb +0x64
;; b0:
;;   0013  31 c0                          xor eax, eax
;;   0015  31 c9                          xor ecx, ecx
;; b1:
;;   0017  49 3b 26                       cmp rsp, [r14]
;;   001a  0f 82 46 00 00 00              jb +0x66
;;   0020  89 f2                          mov edx, esi
;; b2:
;;   0022  49 3b 26                       cmp rsp, [r14]
;;   0025  0f 82 3f 00 00 00              jb +0x6a
;;   002b  8d 04 40                       lea eax, [rax + rax*2]
;;   002e  01 c8                          add eax, ecx
;;   0030  83 c2 ff                       add edx, -1
;;   0033  0f 84 22 00 00 00              je +0x5b
;;   0039  8d 04 40                       lea eax, [rax + rax*2]
;;   003c  01 c8                          add eax, ecx
;;   003e  83 c2 ff                       add edx, -1
;;   0041  0f 84 14 00 00 00              je +0x5b
;;   0047  8d 04 40                       lea eax, [rax + rax*2]
;;   004a  01 c8                          add eax, ecx
;;   004c  83 c2 ff                       add edx, -1
;;   004f  74 0a                          je +0x5b
;;   0051  8d 04 40                       lea eax, [rax + rax*2]
;;   0054  01 c8                          add eax, ecx
;;   0056  83 c2 ff                       add edx, -1
;;   0059  75 c7                          jne +0x22
;; b4:
;;   005b  83 c1 01                       add ecx, 1
;;   005e  39 f9                          cmp ecx, edi
;;   0060  72 b5                          jb +0x17
;; b6:
;;   0062  c9                             leave
;;   0063  c3                             ret
;; outOfLine:
;;   0064  0f 0b                          ud2
;;   0066  0f 0b                          ud2
;;   0068  eb b6                          jmp +0x20
;;   006a  0f 0b                          ud2
;;   006c  eb bd                          jmp +0x2b
