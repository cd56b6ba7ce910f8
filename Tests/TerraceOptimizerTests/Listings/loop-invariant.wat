;; What does not change leaves the loop.
(module
  (memory 1)
  (func $f (param $p i32) (param $n i32) (param $a f64)
    (loop $l
      (f64.store (local.get $p) (f64.mul (f64.sqrt (local.get $a)) (f64.load (local.get $p))))
      (local.set $p (i32.add (local.get $p) (i32.const 8)))
      (br_if $l (local.tee $n (i32.sub (local.get $n) (i32.const 1)))))))

;; Graph
;; b0:
;;   v0 = f64.sqrt p2:f64
;;   jump b1(p0:i32, p1:i32)
;; b1(v1: i32, v2: i32):                   ; loop 0, ×8, from b0 b2
;;   poll
;;   v3 = f64.load mem[v1+0]
;;   v4 = f64.mul v0, v3
;;   f64.store mem[v1+0], v4
;;   v5 = i32.add v1, 8
;;   v6 = i32.add v2, -1
;;   branch v6 ? b2 : b3
;; b2:                                     ; in loop 0, ×7.0, from b1
;;   jump b1(v5, v6)
;; b3:                                     ; from b1
;;   return
;; Code
;; prologue:
;;   0000  55                             push rbp
;;   0001  48 89 e5                       mov rbp, rsp
;;   0004  41 56                          push r14
;;   0006  48 83 ec 18                    sub rsp, 24
;;   000a  49 3b 26                       cmp rsp, [r14]
;;   000d  0f 82 6b 00 00 00              jb +0x7e
;; b0:
;;   0013  c5 fb 51 c0                    vsqrtsd xmm0, xmm0, xmm0
;; b1:
;;   0017  49 3b 26                       cmp rsp, [r14]
;;   001a  0f 82 60 00 00 00              jb +0x80
;;   0020  c4 c1 7b 59 0c 3f              vmulsd xmm1, xmm0, [r15 + rdi]
;;   0026  c4 c1 7b 11 0c 3f              vmovsd [r15 + rdi], xmm1
;;   002c  83 c7 08                       add edi, 8
;;   002f  83 c6 ff                       add esi, -1
;;   0032  0f 84 44 00 00 00              je +0x7c
;;   0038  c4 c1 7b 59 0c 3f              vmulsd xmm1, xmm0, [r15 + rdi]
;;   003e  c4 c1 7b 11 0c 3f              vmovsd [r15 + rdi], xmm1
;;   0044  83 c7 08                       add edi, 8
;;   0047  83 c6 ff                       add esi, -1
;;   004a  0f 84 2c 00 00 00              je +0x7c
;;   0050  c4 c1 7b 59 0c 3f              vmulsd xmm1, xmm0, [r15 + rdi]
;;   0056  c4 c1 7b 11 0c 3f              vmovsd [r15 + rdi], xmm1
;;   005c  83 c7 08                       add edi, 8
;;   005f  83 c6 ff                       add esi, -1
;;   0062  0f 84 14 00 00 00              je +0x7c
;;   0068  c4 c1 7b 59 0c 3f              vmulsd xmm1, xmm0, [r15 + rdi]
;;   006e  c4 c1 7b 11 0c 3f              vmovsd [r15 + rdi], xmm1
;;   0074  83 c7 08                       add edi, 8
;;   0077  83 c6 ff                       add esi, -1
;;   007a  75 9b                          jne +0x17
;; b3:
;;   007c  c9                             leave
;;   007d  c3                             ret
;; outOfLine:
;;   007e  0f 0b                          ud2
;;   0080  0f 0b                          ud2
;;   0082  eb 9c                          jmp +0x20
