;; A sum over a table.
(module
  (memory 1)
  (func $f (param $p i32) (param $n i32) (result i32) (local $s i32)
    (loop $l
      (local.set $s (i32.add (local.get $s) (i32.load (local.get $p))))
      (local.set $p (i32.add (local.get $p) (i32.const 4)))
      (br_if $l (local.tee $n (i32.sub (local.get $n) (i32.const 1)))))
    (local.get $s)))

;; Graph
;; b0:
;;   jump b1(0, p0:i32, p1:i32)
;; b1(v0: i32, v1: i32, v2: i32):          ; loop 0, ×8, from b0 b2
;;   poll
;;   v3 = i32.load mem[v1+0]
;;   v4 = i32.add v0, v3
;;   v5 = i32.add v1, 4
;;   v6 = i32.add v2, -1
;;   branch v6 ? b2 : b3
;; b2:                                     ; in loop 0, ×7.0, from b1
;;   jump b1(v4, v5, v6)
;; b3:                                     ; from b1
;;   return v4
;; Code
;; prologue:
;;   0000  55                             push rbp
;;   0001  48 89 e5                       mov rbp, rsp
;;   0004  41 56                          push r14
;;   0006  48 83 ec 18                    sub rsp, 24
;;   000a  49 3b 26                       cmp rsp, [r14]
;;   000d  0f 82 45 00 00 00              jb +0x58
;; b0:
;;   0013  31 c0                          xor eax, eax
;; b1:
;;   0015  49 3b 26                       cmp rsp, [r14]
;;   0018  0f 82 3c 00 00 00              jb +0x5a
;;   001e  41 03 04 3f                    add eax, [r15 + rdi]
;;   0022  83 c7 04                       add edi, 4
;;   0025  83 c6 ff                       add esi, -1
;;   0028  0f 84 28 00 00 00              je +0x56
;;   002e  41 03 04 3f                    add eax, [r15 + rdi]
;;   0032  83 c7 04                       add edi, 4
;;   0035  83 c6 ff                       add esi, -1
;;   0038  0f 84 18 00 00 00              je +0x56
;;   003e  41 03 04 3f                    add eax, [r15 + rdi]
;;   0042  83 c7 04                       add edi, 4
;;   0045  83 c6 ff                       add esi, -1
;;   0048  74 0c                          je +0x56
;;   004a  41 03 04 3f                    add eax, [r15 + rdi]
;;   004e  83 c7 04                       add edi, 4
;;   0051  83 c6 ff                       add esi, -1
;;   0054  75 bf                          jne +0x15
;; b3:
;;   0056  c9                             leave
;;   0057  c3                             ret
;; outOfLine:
;;   0058  0f 0b                          ud2
;;   005a  0f 0b                          ud2
;;   005c  eb c0                          jmp +0x1e
