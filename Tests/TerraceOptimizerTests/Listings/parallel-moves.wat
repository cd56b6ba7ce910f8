;; Values that change places in a loop.
(module
  (func $f (param $a i64) (param $b i64) (param $n i32) (result i64) (local $t i64)
    (loop $l
      (local.set $t (i64.add (local.get $a) (local.get $b)))
      (local.set $a (local.get $b))
      (local.set $b (local.get $t))
      (br_if $l (local.tee $n (i32.sub (local.get $n) (i32.const 1)))))
    (local.get $b)))

;; Graph
;; b0:
;;   jump b1(p0:i64, p1:i64, p2:i32)
;; b1(v0: i64, v1: i64, v2: i32):          ; loop 0, ×8, from b0 b2
;;   poll
;;   v3 = i64.add v0, v1
;;   v4 = i32.add v2, -1
;;   branch v4 ? b2 : b3
;; b2:                                     ; in loop 0, ×7.0, from b1
;;   jump b1(v1, v3, v4)
;; b3:                                     ; from b1
;;   return v3
;; Code
;; prologue:
;;   0000  55                             push rbp
;;   0001  48 89 e5                       mov rbp, rsp
;;   0004  41 56                          push r14
;; b1:
;;   0006  49 3b 26                       cmp rsp, [r14]
;;   0009  0f 82 13 00 00 00              jb +0x22
;;   000f  48 8d 04 37                    lea rax, [rdi + rsi]
;;   0013  83 c2 ff                       add edx, -1
;;   0016  74 08                          je +0x20
;; b2:
;;   0018  48 89 f7                       mov rdi, rsi
;;   001b  48 89 c6                       mov rsi, rax
;;   001e  eb e6                          jmp +0x6
;; b3:
;;   0020  c9                             leave
;;   0021  c3                             ret
;; outOfLine:
;;   0022  0f 0b                          ud2
;;   0024  eb e9                          jmp +0xf
