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
;;   0006  48 83 ec 18                    sub rsp, 24
;;   000a  49 3b 26                       cmp rsp, [r14]
;;   000d  0f 82 55 00 00 00              jb +0x68
;; b1:
;;   0013  49 3b 26                       cmp rsp, [r14]
;;   0016  0f 82 4e 00 00 00              jb +0x6a
;;   001c  48 8d 04 37                    lea rax, [rdi + rsi]
;;   0020  83 c2 ff                       add edx, -1
;;   0023  0f 84 3d 00 00 00              je +0x66
;; b2:
;;   0029  48 89 f7                       mov rdi, rsi
;;   002c  48 89 c6                       mov rsi, rax
;; b1:
;;   002f  48 8d 04 37                    lea rax, [rdi + rsi]
;;   0033  83 c2 ff                       add edx, -1
;;   0036  0f 84 2a 00 00 00              je +0x66
;; b2:
;;   003c  48 89 f7                       mov rdi, rsi
;;   003f  48 89 c6                       mov rsi, rax
;; b1:
;;   0042  48 8d 04 37                    lea rax, [rdi + rsi]
;;   0046  83 c2 ff                       add edx, -1
;;   0049  0f 84 17 00 00 00              je +0x66
;; b2:
;;   004f  48 89 f7                       mov rdi, rsi
;;   0052  48 89 c6                       mov rsi, rax
;; b1:
;;   0055  48 8d 04 37                    lea rax, [rdi + rsi]
;;   0059  83 c2 ff                       add edx, -1
;;   005c  74 08                          je +0x66
;; b2:
;;   005e  48 89 f7                       mov rdi, rsi
;;   0061  48 89 c6                       mov rsi, rax
;;   0064  eb ad                          jmp +0x13
;; b3:
;;   0066  c9                             leave
;;   0067  c3                             ret
;; outOfLine:
;;   0068  0f 0b                          ud2
;;   006a  0f 0b                          ud2
;;   006c  eb ae                          jmp +0x1c
