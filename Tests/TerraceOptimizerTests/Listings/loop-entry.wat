;; A loop of a running baseline frame is entered.
;; Entry: loop 0
(module
  (memory 1)
  (func $f (param $p i32) (param $n i32) (result i32) (local $s i32)
    (loop $l
      (local.set $s (i32.add (local.get $s) (i32.load (local.get $p))))
      (local.set $p (i32.add (local.get $p) (i32.const 4)))
      (br_if $l (local.tee $n (i32.sub (local.get $n) (i32.const 1)))))
    (local.get $s)))

;; Graph
;; loop entry, frame 56
;; b0:
;;   jump b1(frame[-56]:i32, frame[-40]:i32, frame[-48]:i32)
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
;;   0000  4c 8d 5d c0                    lea r11, [rbp - 64]
;;   0004  4d 3b 1e                       cmp r11, [r14]
;;   0007  0f 82 5b 00 00 00              jb +0x68
;;   000d  4c 89 dc                       mov rsp, r11
;; b0:
;;   0010  8b 45 c8                       mov eax, [rbp - 56]
;;   0013  8b 4d d8                       mov ecx, [rbp - 40]
;;   0016  8b 55 d0                       mov edx, [rbp - 48]
;; b1:
;;   0019  49 3b 26                       cmp rsp, [r14]
;;   001c  0f 82 48 00 00 00              jb +0x6a
;;   0022  41 03 04 0f                    add eax, [r15 + rcx]
;;   0026  83 c1 04                       add ecx, 4
;;   0029  83 c2 ff                       add edx, -1
;;   002c  0f 84 28 00 00 00              je +0x5a
;;   0032  41 03 04 0f                    add eax, [r15 + rcx]
;;   0036  83 c1 04                       add ecx, 4
;;   0039  83 c2 ff                       add edx, -1
;;   003c  0f 84 18 00 00 00              je +0x5a
;;   0042  41 03 04 0f                    add eax, [r15 + rcx]
;;   0046  83 c1 04                       add ecx, 4
;;   0049  83 c2 ff                       add edx, -1
;;   004c  74 0c                          je +0x5a
;;   004e  41 03 04 0f                    add eax, [r15 + rcx]
;;   0052  83 c1 04                       add ecx, 4
;;   0055  83 c2 ff                       add edx, -1
;;   0058  75 bf                          jne +0x19
;; b3:
;;   005a  48 8b 5d f0                    mov rbx, [rbp - 16]
;;   005e  4c 8b 65 e8                    mov r12, [rbp - 24]
;;   0062  4c 8b 6d e0                    mov r13, [rbp - 32]
;;   0066  c9                             leave
;;   0067  c3                             ret
;; outOfLine:
;;   0068  0f 0b                          ud2
;;   006a  0f 0b                          ud2
;;   006c  eb b4                          jmp +0x22
