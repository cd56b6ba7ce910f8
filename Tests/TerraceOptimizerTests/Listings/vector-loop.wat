;; A dot product of bytes.
(module
  (memory 1)
  (func $f (param $p i32) (param $q i32) (param $n i32) (result v128) (local $s v128)
    (loop $l
      (local.set $s (i32x4.add (local.get $s)
        (i32x4.dot_i16x8_s (v128.load (local.get $p)) (v128.load (local.get $q)))))
      (local.set $p (i32.add (local.get $p) (i32.const 16)))
      (local.set $q (i32.add (local.get $q) (i32.const 16)))
      (br_if $l (local.tee $n (i32.sub (local.get $n) (i32.const 1)))))
    (local.get $s)))

;; Graph
;; b0:
;;   jump b1(v128:0x00000000000000000000000000000000, p0:i32, p1:i32, p2:i32)
;; b1(v0: v128, v1: i32, v2: i32, v3: i32): ; loop 0, ×8, from b0 b2
;;   poll
;;   v4 = v128.load mem[v1+0]
;;   v5 = v128.load mem[v2+0]
;;   v6 = i32x4.dot_i16x8_s v4, v5
;;   v7 = i32x4.add v0, v6
;;   v8 = i32.add v1, 16
;;   v9 = i32.add v2, 16
;;   v10 = i32.add v3, -1
;;   branch v10 ? b2 : b3
;; b2:                                     ; in loop 0, ×7.0, from b1
;;   jump b1(v7, v8, v9, v10)
;; b3:                                     ; from b1
;;   return v7
;; Code
;; prologue:
;;   0000  55                             push rbp
;;   0001  48 89 e5                       mov rbp, rsp
;;   0004  41 56                          push r14
;;   0006  48 83 ec 18                    sub rsp, 24
;;   000a  49 3b 26                       cmp rsp, [r14]
;;   000d  0f 82 8b 00 00 00              jb +0x9e
;; b0:
;;   0013  c5 f8 57 c0                    vxorps xmm0, xmm0, xmm0
;; b1:
;;   0017  49 3b 26                       cmp rsp, [r14]
;;   001a  0f 82 80 00 00 00              jb +0xa0
;;   0020  c4 c1 78 10 0c 3f              vmovups xmm1, [r15 + rdi]
;;   0026  c4 c1 71 f5 0c 37              vpmaddwd xmm1, xmm1, [r15 + rsi]
;;   002c  c5 f9 fe c1                    vpaddd xmm0, xmm0, xmm1
;;   0030  83 c7 10                       add edi, 16
;;   0033  83 c6 10                       add esi, 16
;;   0036  83 c2 ff                       add edx, -1
;;   0039  0f 84 5d 00 00 00              je +0x9c
;;   003f  c4 c1 78 10 0c 3f              vmovups xmm1, [r15 + rdi]
;;   0045  c4 c1 71 f5 0c 37              vpmaddwd xmm1, xmm1, [r15 + rsi]
;;   004b  c5 f9 fe c1                    vpaddd xmm0, xmm0, xmm1
;;   004f  83 c7 10                       add edi, 16
;;   0052  83 c6 10                       add esi, 16
;;   0055  83 c2 ff                       add edx, -1
;;   0058  0f 84 3e 00 00 00              je +0x9c
;;   005e  c4 c1 78 10 0c 3f              vmovups xmm1, [r15 + rdi]
;;   0064  c4 c1 71 f5 0c 37              vpmaddwd xmm1, xmm1, [r15 + rsi]
;;   006a  c5 f9 fe c1                    vpaddd xmm0, xmm0, xmm1
;;   006e  83 c7 10                       add edi, 16
;;   0071  83 c6 10                       add esi, 16
;;   0074  83 c2 ff                       add edx, -1
;;   0077  0f 84 1f 00 00 00              je +0x9c
;;   007d  c4 c1 78 10 0c 3f              vmovups xmm1, [r15 + rdi]
;;   0083  c4 c1 71 f5 0c 37              vpmaddwd xmm1, xmm1, [r15 + rsi]
;;   0089  c5 f9 fe c1                    vpaddd xmm0, xmm0, xmm1
;;   008d  83 c7 10                       add edi, 16
;;   0090  83 c6 10                       add esi, 16
;;   0093  83 c2 ff                       add edx, -1
;;   0096  0f 85 7b ff ff ff              jne +0x17
;; b3:
;;   009c  c9                             leave
;;   009d  c3                             ret
;; outOfLine:
;;   009e  0f 0b                          ud2
;;   00a0  0f 0b                          ud2
;;   00a2  e9 79 ff ff ff                 jmp +0x20
