;; An interpreter: each handler ends in a jump of its own.
(module
  (memory 1)
  (func $f (param $pc i32) (param $a i32) (result i32)
    (block $halt
      (loop $next
        (block $8 (block $7 (block $6 (block $5 (block $4 (block $3 (block $2 (block $1 (block $0
          (br_table $0 $1 $2 $3 $4 $5 $6 $7 $8 $halt (i32.load8_u (local.get $pc))))
          (local.set $a (i32.add (local.get $a) (i32.const 1))) (local.set $pc (i32.add (local.get $pc) (i32.const 1))) (br $next))
          (local.set $a (i32.sub (local.get $a) (i32.const 3))) (local.set $pc (i32.add (local.get $pc) (i32.const 1))) (br $next))
          (local.set $a (i32.mul (local.get $a) (local.get $a))) (local.set $pc (i32.add (local.get $pc) (i32.const 1))) (br $next))
          (local.set $a (i32.xor (local.get $a) (i32.const 85))) (local.set $pc (i32.add (local.get $pc) (i32.const 1))) (br $next))
          (local.set $a (i32.shl (local.get $a) (i32.const 3))) (local.set $pc (i32.add (local.get $pc) (i32.const 1))) (br $next))
          (local.set $a (i32.rotl (local.get $a) (i32.const 9))) (local.set $pc (i32.add (local.get $pc) (i32.const 1))) (br $next))
          (local.set $a (i32.and (local.get $a) (i32.const 4095))) (local.set $pc (i32.add (local.get $pc) (i32.const 1))) (br $next))
          (local.set $a (i32.or (local.get $a) (i32.const 64))) (local.set $pc (i32.add (local.get $pc) (i32.const 1))) (br $next))
          (local.set $a (i32.shr_u (local.get $a) (i32.const 2))) (local.set $pc (i32.add (local.get $pc) (i32.const 1))) (br $next)
      ))
    (local.get $a)))

;; Graph
;; b0:
;;   jump b1(p1:i32, p0:i32)
;; b1(v0: i32, v1: i32):                   ; loop 0, ×64, from b0 b2 b3 b4 b5 b6 b7 b8 b9 b10
;;   poll
;;   v2 = i32.load8_u mem[v1+0]
;;   table v2 [b2 b3 b4 b5 b6 b7 b8 b9 b10 b11]
;; b2:                                     ; in loop 0, ×8, from b1
;;   v3 = i32.add v0, 1
;;   v4 = i32.add v1, 1
;;   jump b1(v3, v4)
;; b3:                                     ; in loop 0, ×8, from b1
;;   v5 = i32.add v0, -3
;;   v6 = i32.add v1, 1
;;   jump b1(v5, v6)
;; b4:                                     ; in loop 0, ×8, from b1
;;   v7 = i32.mul v0, v0
;;   v8 = i32.add v1, 1
;;   jump b1(v7, v8)
;; b5:                                     ; in loop 0, ×8, from b1
;;   v9 = i32.xor v0, 85
;;   v10 = i32.add v1, 1
;;   jump b1(v9, v10)
;; b6:                                     ; in loop 0, ×8, from b1
;;   v11 = i32.shl v0, 3
;;   v12 = i32.add v1, 1
;;   jump b1(v11, v12)
;; b7:                                     ; in loop 0, ×8, from b1
;;   v13 = i32.rotl v0, 9
;;   v14 = i32.add v1, 1
;;   jump b1(v13, v14)
;; b8:                                     ; in loop 0, ×8, from b1
;;   v15 = i32.and v0, 4095
;;   v16 = i32.add v1, 1
;;   jump b1(v15, v16)
;; b9:                                     ; in loop 0, ×8, from b1
;;   v17 = i32.or v0, 64
;;   v18 = i32.add v1, 1
;;   jump b1(v17, v18)
;; b10:                                    ; in loop 0, ×8, from b1
;;   v19 = i32.shr_u v0, 2
;;   v20 = i32.add v1, 1
;;   jump b1(v19, v20)
;; b11:                                    ; ×8, from b1
;;   return v0
;; Code
;; prologue:
;;   0000  55                             push rbp
;;   0001  48 89 e5                       mov rbp, rsp
;;   0004  41 56                          push r14
;;   0006  48 83 ec 18                    sub rsp, 24
;;   000a  49 3b 26                       cmp rsp, [r14]
;;   000d  0f 82 a7 01 00 00              jb +0x1ba
;; b1:
;;   0013  49 3b 26                       cmp rsp, [r14]
;;   0016  0f 82 a0 01 00 00              jb +0x1bc
;;   001c  41 0f b6 04 3f                 movzx eax, byte ptr [r15 + rdi]
;;   0021  83 f8 09                       cmp eax, 9
;;   0024  0f 83 8c 01 00 00              jae +0x1b6
;;   002a  48 8d 0d cf 01 00 00           lea rcx, [rip + 463]
;;   0031  ff 24 c1                       jmp [rcx + rax*8]
;; b2:
;;   0034  8d 46 01                       lea eax, [rsi + 1]
;;   0037  83 c7 01                       add edi, 1
;; b1:
;;   003a  89 c6                          mov esi, eax
;;   003c  49 3b 26                       cmp rsp, [r14]
;;   003f  0f 82 7e 01 00 00              jb +0x1c3
;;   0045  41 0f b6 04 3f                 movzx eax, byte ptr [r15 + rdi]
;;   004a  83 f8 09                       cmp eax, 9
;;   004d  0f 83 63 01 00 00              jae +0x1b6
;;   0053  48 8d 0d a6 01 00 00           lea rcx, [rip + 422]
;;   005a  ff 24 c1                       jmp [rcx + rax*8]
;; b3:
;;   005d  8d 46 fd                       lea eax, [rsi - 3]
;;   0060  83 c7 01                       add edi, 1
;; b1:
;;   0063  89 c6                          mov esi, eax
;;   0065  49 3b 26                       cmp rsp, [r14]
;;   0068  0f 82 5c 01 00 00              jb +0x1ca
;;   006e  41 0f b6 04 3f                 movzx eax, byte ptr [r15 + rdi]
;;   0073  83 f8 09                       cmp eax, 9
;;   0076  0f 83 3a 01 00 00              jae +0x1b6
;;   007c  48 8d 0d 7d 01 00 00           lea rcx, [rip + 381]
;;   0083  ff 24 c1                       jmp [rcx + rax*8]
;; b4:
;;   0086  89 f0                          mov eax, esi
;;   0088  0f af c6                       imul eax, esi
;;   008b  83 c7 01                       add edi, 1
;; b1:
;;   008e  89 c6                          mov esi, eax
;;   0090  49 3b 26                       cmp rsp, [r14]
;;   0093  0f 82 38 01 00 00              jb +0x1d1
;;   0099  41 0f b6 04 3f                 movzx eax, byte ptr [r15 + rdi]
;;   009e  83 f8 09                       cmp eax, 9
;;   00a1  0f 83 0f 01 00 00              jae +0x1b6
;;   00a7  48 8d 0d 52 01 00 00           lea rcx, [rip + 338]
;;   00ae  ff 24 c1                       jmp [rcx + rax*8]
;; b5:
;;   00b1  89 f0                          mov eax, esi
;;   00b3  83 f0 55                       xor eax, 85
;;   00b6  83 c7 01                       add edi, 1
;; b1:
;;   00b9  89 c6                          mov esi, eax
;;   00bb  49 3b 26                       cmp rsp, [r14]
;;   00be  0f 82 14 01 00 00              jb +0x1d8
;;   00c4  41 0f b6 04 3f                 movzx eax, byte ptr [r15 + rdi]
;;   00c9  83 f8 09                       cmp eax, 9
;;   00cc  0f 83 e4 00 00 00              jae +0x1b6
;;   00d2  48 8d 0d 27 01 00 00           lea rcx, [rip + 295]
;;   00d9  ff 24 c1                       jmp [rcx + rax*8]
;; b6:
;;   00dc  89 f0                          mov eax, esi
;;   00de  c1 e0 03                       shl eax, 3
;;   00e1  83 c7 01                       add edi, 1
;; b1:
;;   00e4  89 c6                          mov esi, eax
;;   00e6  49 3b 26                       cmp rsp, [r14]
;;   00e9  0f 82 f0 00 00 00              jb +0x1df
;;   00ef  41 0f b6 04 3f                 movzx eax, byte ptr [r15 + rdi]
;;   00f4  83 f8 09                       cmp eax, 9
;;   00f7  0f 83 b9 00 00 00              jae +0x1b6
;;   00fd  48 8d 0d fc 00 00 00           lea rcx, [rip + 252]
;;   0104  ff 24 c1                       jmp [rcx + rax*8]
;; b7:
;;   0107  c4 e3 7b f0 c6 17              rorx eax, esi, 23
;;   010d  83 c7 01                       add edi, 1
;; b1:
;;   0110  89 c6                          mov esi, eax
;;   0112  49 3b 26                       cmp rsp, [r14]
;;   0115  0f 82 cb 00 00 00              jb +0x1e6
;;   011b  41 0f b6 04 3f                 movzx eax, byte ptr [r15 + rdi]
;;   0120  83 f8 09                       cmp eax, 9
;;   0123  0f 83 8d 00 00 00              jae +0x1b6
;;   0129  48 8d 0d d0 00 00 00           lea rcx, [rip + 208]
;;   0130  ff 24 c1                       jmp [rcx + rax*8]
;; b8:
;;   0133  89 f0                          mov eax, esi
;;   0135  25 ff 0f 00 00                 and eax, 0xfff
;;   013a  83 c7 01                       add edi, 1
;; b1:
;;   013d  89 c6                          mov esi, eax
;;   013f  49 3b 26                       cmp rsp, [r14]
;;   0142  0f 82 a5 00 00 00              jb +0x1ed
;;   0148  41 0f b6 04 3f                 movzx eax, byte ptr [r15 + rdi]
;;   014d  83 f8 09                       cmp eax, 9
;;   0150  0f 83 60 00 00 00              jae +0x1b6
;;   0156  48 8d 0d a3 00 00 00           lea rcx, [rip + 163]
;;   015d  ff 24 c1                       jmp [rcx + rax*8]
;; b9:
;;   0160  89 f0                          mov eax, esi
;;   0162  83 c8 40                       or eax, 64
;;   0165  83 c7 01                       add edi, 1
;; b1:
;;   0168  89 c6                          mov esi, eax
;;   016a  49 3b 26                       cmp rsp, [r14]
;;   016d  0f 82 81 00 00 00              jb +0x1f4
;;   0173  41 0f b6 04 3f                 movzx eax, byte ptr [r15 + rdi]
;;   0178  83 f8 09                       cmp eax, 9
;;   017b  0f 83 35 00 00 00              jae +0x1b6
;;   0181  48 8d 0d 78 00 00 00           lea rcx, [rip + 120]
;;   0188  ff 24 c1                       jmp [rcx + rax*8]
;; b10:
;;   018b  89 f0                          mov eax, esi
;;   018d  c1 e8 02                       shr eax, 2
;;   0190  83 c7 01                       add edi, 1
;; b1:
;;   0193  89 c6                          mov esi, eax
;;   0195  49 3b 26                       cmp rsp, [r14]
;;   0198  0f 82 5d 00 00 00              jb +0x1fb
;;   019e  41 0f b6 04 3f                 movzx eax, byte ptr [r15 + rdi]
;;   01a3  83 f8 09                       cmp eax, 9
;;   01a6  0f 83 0a 00 00 00              jae +0x1b6
;;   01ac  48 8d 0d 4d 00 00 00           lea rcx, [rip + 77]
;;   01b3  ff 24 c1                       jmp [rcx + rax*8]
;; b11:
;;   01b6  89 f0                          mov eax, esi
;;   01b8  c9                             leave
;;   01b9  c3                             ret
;; outOfLine:
;;   01ba  0f 0b                          ud2
;;   01bc  0f 0b                          ud2
;;   01be  e9 59 fe ff ff                 jmp +0x1c
;;   01c3  0f 0b                          ud2
;;   01c5  e9 7b fe ff ff                 jmp +0x45
;;   01ca  0f 0b                          ud2
;;   01cc  e9 9d fe ff ff                 jmp +0x6e
;;   01d1  0f 0b                          ud2
;;   01d3  e9 c1 fe ff ff                 jmp +0x99
;;   01d8  0f 0b                          ud2
;;   01da  e9 e5 fe ff ff                 jmp +0xc4
;;   01df  0f 0b                          ud2
;;   01e1  e9 09 ff ff ff                 jmp +0xef
;;   01e6  0f 0b                          ud2
;;   01e8  e9 2e ff ff ff                 jmp +0x11b
;;   01ed  0f 0b                          ud2
;;   01ef  e9 54 ff ff ff                 jmp +0x148
;;   01f4  0f 0b                          ud2
;;   01f6  e9 78 ff ff ff                 jmp +0x173
;;   01fb  0f 0b                          ud2
;;   01fd  eb 9f                          jmp +0x19e
;;   01ff  cc                             int3
;;   0200  00 00                          add [rax], al
;;   0202  00 00                          add [rax], al
;;   0204  00 00                          add [rax], al
;;   0206  00 00                          add [rax], al
;;   0208  00 00                          add [rax], al
;;   020a  00 00                          add [rax], al
;;   020c  00 00                          add [rax], al
;;   020e  00 00                          add [rax], al
;;   0210  00 00                          add [rax], al
;;   0212  00 00                          add [rax], al
;;   0214  00 00                          add [rax], al
;;   0216  00 00                          add [rax], al
;;   0218  00 00                          add [rax], al
;;   021a  00 00                          add [rax], al
;;   021c  00 00                          add [rax], al
;;   021e  00 00                          add [rax], al
;;   0220  00 00                          add [rax], al
;;   0222  00 00                          add [rax], al
;;   0224  00 00                          add [rax], al
;;   0226  00 00                          add [rax], al
;;   0228  00 00                          add [rax], al
;;   022a  00 00                          add [rax], al
;;   022c  00 00                          add [rax], al
;;   022e  00 00                          add [rax], al
;;   0230  00 00                          add [rax], al
;;   0232  00 00                          add [rax], al
;;   0234  00 00                          add [rax], al
;;   0236  00 00                          add [rax], al
;;   0238  00 00                          add [rax], al
;;   023a  00 00                          add [rax], al
;;   023c  00 00                          add [rax], al
;;   023e  00 00                          add [rax], al
;;   0240  00 00                          add [rax], al
;;   0242  00 00                          add [rax], al
;;   0244  00 00                          add [rax], al
;;   0246  00 00                          add [rax], al
